package org.phasemap.kernel.cuda;

/**
 * A device's memory in bytes.
 *
 * @param free that no process holds
 * @param total of the device
 */
public record DeviceMemory(long free, long total) {}
