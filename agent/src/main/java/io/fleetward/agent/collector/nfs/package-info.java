/// What this host has done as an NFS client and server, from `/proc/net/rpc`.
@NullMarked
package io.fleetward.agent.collector.nfs;

import org.jspecify.annotations.NullMarked;
