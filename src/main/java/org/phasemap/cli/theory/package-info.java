/** {@code phasemap theory …}: predictions as a table, CSV or JSON, without a sweep. */
@NullMarked
package org.phasemap.cli.theory;

import org.jspecify.annotations.NullMarked;
