/**
 * The dashboard's server: a page, its modules, and charts of sweeps as JSON. {@link
 * org.phasemap.chart.dashboard.DashboardServer} listens, {@link org.phasemap.chart.dashboard.Gate}
 * decides who may ask, {@link org.phasemap.chart.dashboard.Api} answers. docs/threat-model.md says
 * what it defends against.
 */
@NullMarked
package org.phasemap.chart.dashboard;

import org.jspecify.annotations.NullMarked;
