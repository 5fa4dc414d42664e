/// Which incidents get which actions, under which approvals and limits: policies and the action
/// catalogue, read from files.
@NullMarked
package io.fleetward.remediation.policy;

import org.jspecify.annotations.NullMarked;
