package org.memloop.sim.server;

/**
 * Say at which ports an emulated instrument is reached; 0 takes any that is free.
 *
 * @param vxi11 of VXI-11
 * @param hislip of HiSLIP
 * @param socket of the raw socket
 * @param http of the LXI page
 */
public record LanPorts(Vxi11Server.Ports vxi11, int hislip, int socket, int http) {
    /** Any that are free. */
    public static final LanPorts FREE = new LanPorts(Vxi11Server.Ports.FREE, 0, 0, 0);
    /** Those of real instruments, which clients look for; below 1024 they are for root alone. */
    public static final LanPorts REAL = new LanPorts(Vxi11Server.Ports.REAL, 4880, 5025, 80);
}
