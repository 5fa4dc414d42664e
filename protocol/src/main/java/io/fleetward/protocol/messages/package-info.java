/// What agents and services tell each other besides metrics: UTF-8 JSON, unknown fields ignored.
@NullMarked
package io.fleetward.protocol.messages;

import org.jspecify.annotations.NullMarked;
