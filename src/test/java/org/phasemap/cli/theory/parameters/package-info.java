@NullMarked
package org.phasemap.cli.theory.parameters;

import org.jspecify.annotations.NullMarked;
