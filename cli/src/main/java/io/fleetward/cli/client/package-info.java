/// Stub.
@org.jspecify.annotations.NullMarked
package io.fleetward.cli.client;
