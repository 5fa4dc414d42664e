/// Features of a made-up host for the tests of this module.
@NullMarked
package io.fleetward.models;

import org.jspecify.annotations.NullMarked;
