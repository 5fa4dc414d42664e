/// DSSE envelopes over Ed25519: the bytes that are signed are the bytes that are sent.
@NullMarked
package io.fleetward.protocol.signing;

import org.jspecify.annotations.NullMarked;
