/// From firing alerts to verified repairs: incidents, proposals, approvals, dispatch.
@NullMarked
package io.fleetward.service.control;

import org.jspecify.annotations.NullMarked;
