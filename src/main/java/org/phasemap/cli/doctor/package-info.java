/** Whether this machine, a cluster and its GPUs can measure, and how fast. */
@NullMarked
package org.phasemap.cli.doctor;

import org.jspecify.annotations.NullMarked;
