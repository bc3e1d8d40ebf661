package org.memloop.sim.instrument;

/**
 * Name an instrument as {@code *IDN?} does.
 *
 * @param maker who made it
 * @param model its model
 * @param serial its serial number
 * @param firmware its firmware's revision
 */
public record Identity(String maker, String model, String serial, String firmware) {
    @Override
    public String toString() {
        return String.join(",", maker, model, serial, firmware);
    }
}
