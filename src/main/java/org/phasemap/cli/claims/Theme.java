package org.phasemap.cli.claims;

import java.util.List;

/**
 * Claims that belong together: a file.
 *
 * @param title of the section
 * @param about what stands before its claims
 */
record Theme(String title, String about, List<Claim> claims) {}
