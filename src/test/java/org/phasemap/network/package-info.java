@NullMarked
package org.phasemap.network;

import org.jspecify.annotations.NullMarked;
