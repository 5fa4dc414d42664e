/// What people see and decide: the border between the HTTP API and the control side.
@NullMarked
package io.fleetward.service.desk;

import org.jspecify.annotations.NullMarked;
