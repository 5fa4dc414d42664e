package io.fleetward.agent;

import io.fleetward.agent.linux.Kernel;
import io.fleetward.agent.settings.AgentSettings;
import io.fleetward.agent.shipping.OutgoingRecord;
import io.fleetward.agent.shipping.OutgoingRecord.Patience;
import io.fleetward.protocol.messages.HostAnnouncement;
import io.fleetward.protocol.messages.MessageCodec;
import io.fleetward.protocol.topics.Topics;
import java.time.Instant;
import java.util.Map;

/// What the host says about itself whenever it reaches the broker anew.
final class Announcement {
  private Announcement() {}

  static OutgoingRecord of(AgentSettings settings, HostFiles files, String bootId) {
    Instant now = Instant.now();
    HostAnnouncement announcement =
        new HostAnnouncement(
            settings.actions().instance(),
            files.hostKey(),
            settings.labels().toMap(),
            bootId,
            Kernel.release(settings.actions().procfs()),
            AgentVersion.CURRENT,
            files.allowList().names(),
            files.allowList().hash(),
            settings.scrapeInterval().toMillis(),
            now,
            Image.of(settings.paths().rootfs()).orElse(null));
    return new OutgoingRecord(
        Topics.HOSTS,
        MessageCodec.encode(announcement),
        Map.of(),
        now.toEpochMilli(),
        Patience.NOW_OR_NEVER);
  }
}
