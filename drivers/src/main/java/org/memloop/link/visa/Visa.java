package org.memloop.link.visa;

/** Hold the numbers of the VISA C interface (VPP-4.3.2, visa.h), as far as they are used here. */
public final class Visa {
    /** Status: done; a read went up to the end of the message. */
    public static final int SUCCESS = 0;
    /** Status: a read ended at the termination character. */
    public static final int SUCCESS_TERM_CHAR = 0x3FFF0005;
    /** Status: a read ended because the buffer was full; there is more. */
    public static final int SUCCESS_MAX_CNT = 0x3FFF0006;
    /** Status: the session or object is none. */
    public static final int ERROR_INV_OBJECT = 0xBFFF000E;
    /** Status: another session holds the lock. */
    public static final int ERROR_RSRC_LOCKED = 0xBFFF000F;
    /** Status: an expression that names resources makes no sense. */
    public static final int ERROR_INV_EXPR = 0xBFFF0010;
    /** Status: there is no such resource, or it is not there. */
    public static final int ERROR_RSRC_NFOUND = 0xBFFF0011;
    /** Status: the name of a resource makes no sense. */
    public static final int ERROR_INV_RSRC_NAME = 0xBFFF0012;
    /** Status: the time was up. */
    public static final int ERROR_TMO = 0xBFFF0015;
    /** Status: there is no such attribute. */
    public static final int ERROR_NSUP_ATTR = 0xBFFF001D;
    /** Status: ended by viTerminate. */
    public static final int ERROR_ABORT = 0xBFFF0030;
    /** Status: the device answers nothing, or nothing that makes sense. */
    public static final int ERROR_IO = 0xBFFF003E;
    /** Status: this session holds no lock. */
    public static final int ERROR_SESN_NLOCKED = 0xBFFF009C;
    /** Status: the operation is not supported. */
    public static final int ERROR_NSUP_OPER = 0xBFFF0067;
    /** Status: the connection is lost. */
    public static final int ERROR_CONN_LOST = 0xBFFF00A6;

    /** Attribute: the time-out, in milliseconds. */
    public static final int ATTR_TMO_VALUE = 0x3FFF001A;
    /** Attribute: the termination character. */
    public static final int ATTR_TERMCHAR = 0x3FFF0018;
    /** Attribute: whether reads end at the termination character. */
    public static final int ATTR_TERMCHAR_EN = 0x3FFF0038;
    /** Attribute: whether writes end with END. */
    public static final int ATTR_SEND_END_EN = 0x3FFF0016;

    /** Event: the instrument requests service. */
    public static final int EVENT_SERVICE_REQ = 0x3FFF200B;
    /** Mechanism: events wait in a queue. */
    public static final short QUEUE = 1;
    /** Kind of lock: for one session alone. */
    public static final int EXCLUSIVE_LOCK = 1;
    /** Room for the name of a resource, a key or a description, as viFindRsrc and viStatusDesc want it. */
    public static final int TEXT_BYTES = 256;

    private Visa() {}
}
