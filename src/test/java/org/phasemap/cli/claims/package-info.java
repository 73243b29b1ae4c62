@NullMarked
package org.phasemap.cli.claims;

import org.jspecify.annotations.NullMarked;
