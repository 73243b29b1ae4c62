package org.phasemap.query.netcdf;

/**
 * A dimension of a netCDF file.
 *
 * @param length at least 1
 */
public record NetcdfDimension(String name, int length) {}
