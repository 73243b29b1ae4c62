@NullMarked
package org.phasemap.cli.results;

import org.jspecify.annotations.NullMarked;
