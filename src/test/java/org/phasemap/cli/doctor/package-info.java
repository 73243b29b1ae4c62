@NullMarked
package org.phasemap.cli.doctor;

import org.jspecify.annotations.NullMarked;
