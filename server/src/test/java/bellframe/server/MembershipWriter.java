package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMembershipType;
import software.amazon.awssdk.services.chimesdkmessaging.model.ConflictException;

/// A moderator of a durability campaign who adds a guest to a channel and removes it again until the server is gone.
final class MembershipWriter {

    private final String moderator;
    private final String channel;
    private final String guest;
    private boolean acknowledgedMember;
    private boolean attemptedMember;

    MembershipWriter(String moderator, String channel, String guest) {
        this.moderator = moderator;
        this.channel = channel;
        this.guest = guest;
    }

    void writeUntilKilled(SdkClients clients, CountDownLatch acknowledgements) {
        try {
            while (true) {
                toggle(clients, !acknowledgedMember);
                acknowledgements.countDown();
            }
        } catch (SdkClientException killed) {
            // Whether the guest is a member is open now; see check.
        }
    }

    private void toggle(SdkClients clients, boolean member) {
        attemptedMember = member;
        if (member) {
            add(clients);
        } else {
            remove(clients);
        }
        acknowledgedMember = member;
    }

    /// Checks that every list agrees on what is acknowledged, and brings what is open to its end.
    void check(SdkClients clients, String when) {
        boolean member = isListedAsMember(clients);
        assertThat(member).as("%s: %s is a member of %s", when, guest, channel)
                .isIn(acknowledgedMember, attemptedMember);
        assertThat(isChannelListed(clients)).as("%s: %s in the channels of %s", when, channel, guest).isEqualTo(member);
        if (attemptedMember != acknowledgedMember) {
            finish(clients);
            assertThat(isListedAsMember(clients)).as("%s, after the retry", when).isEqualTo(acknowledgedMember);
            assertThat(isChannelListed(clients)).as("%s, after the retry", when).isEqualTo(acknowledgedMember);
        }
    }

    private void finish(SdkClients clients) {
        try {
            toggle(clients, attemptedMember);
        } catch (ConflictException already) {
            // It was added before the server was killed, and says so.
            acknowledgedMember = attemptedMember;
        }
    }

    private void add(SdkClients clients) {
        clients.messaging()
                .createChannelMembership(create -> create.channelArn(channel)
                        .chimeBearer(moderator)
                        .memberArn(guest)
                        .type(ChannelMembershipType.DEFAULT));
    }

    private void remove(SdkClients clients) {
        clients.messaging()
                .deleteChannelMembership(delete -> delete.channelArn(channel)
                        .chimeBearer(moderator)
                        .memberArn(guest));
    }

    private boolean isListedAsMember(SdkClients clients) {
        Set<String> members = clients.messaging()
                .listChannelMembershipsPaginator(list -> list.channelArn(channel).chimeBearer(moderator))
                .stream()
                .flatMap(page -> page.channelMemberships().stream())
                .map(membership -> membership.member().arn())
                .collect(Collectors.toSet());
        return members.contains(guest);
    }

    private boolean isChannelListed(SdkClients clients) {
        return clients.messaging()
                .listChannelMembershipsForAppInstanceUserPaginator(list -> list.chimeBearer(guest))
                .stream()
                .flatMap(page -> page.channelMemberships().stream())
                .anyMatch(membership -> membership.channelSummary().channelArn().equals(channel));
    }
}
