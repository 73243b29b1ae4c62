/** What a sweep found, for eyes: a phase diagram in the terminal and one self-contained page. */
@NullMarked
package org.phasemap.report;

import org.jspecify.annotations.NullMarked;
