/** Files in netCDF's classic format. */
@NullMarked
package org.phasemap.query.netcdf;

import org.jspecify.annotations.NullMarked;
