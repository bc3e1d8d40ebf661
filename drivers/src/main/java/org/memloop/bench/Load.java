package org.memloop.bench;

/**
 * Name one stretch of a program in the memory of a router, and its triggers. Host and router can be matched by it after
 * one of them was gone: no other load of the same start of the router has the same number.
 *
 * @param boot which start of the router
 * @param id the number of the load since then
 * @param triggers how many pulses it fires, or has fired
 */
public record Load(int boot, int id, long triggers) {}
