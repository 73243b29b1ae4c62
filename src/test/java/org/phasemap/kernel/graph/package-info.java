@org.jspecify.annotations.NullMarked
package org.phasemap.kernel.graph;
