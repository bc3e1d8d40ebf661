package org.memloop.sim.instrument;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Mark the parameter that tells how long the arrays of a WGFMU function are: a number, or the first element of an array,
 * where the function puts how many there were. Arrays without {@link Many} have one element.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface WgfmuSize {
    /** Mark an array that is as long as the size says. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @interface Many {
    }
}
