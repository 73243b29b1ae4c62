/** What commands share: exit codes, the terminal, options, files that options ask for. */
@NullMarked
package org.phasemap.cli.console;

import org.jspecify.annotations.NullMarked;
