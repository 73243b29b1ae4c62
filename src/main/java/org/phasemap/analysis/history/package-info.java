/**
 * What is kept from night to night: baselines, changes that a person has accepted, a row for each
 * run and quantity, and where the time that sweeps take has changed.
 */
@NullMarked
package org.phasemap.analysis.history;

import org.jspecify.annotations.NullMarked;
