@NullMarked
package org.phasemap.store.manifest;

import org.jspecify.annotations.NullMarked;
