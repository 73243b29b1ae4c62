/** Commands that help at the command line itself: what to type, and what to start from. */
@NullMarked
package org.phasemap.cli.shell;

import org.jspecify.annotations.NullMarked;
