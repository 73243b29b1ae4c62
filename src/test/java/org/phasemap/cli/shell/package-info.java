@NullMarked
package org.phasemap.cli.shell;

import org.jspecify.annotations.NullMarked;
