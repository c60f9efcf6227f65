package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/// A user of a durability campaign who founds channels and deletes them again until the server is gone.
final class ChannelFounder {

    /// A channel that was asked for, and what became of it.
    private static final class Founded {

        private final String name = UUID.randomUUID().toString();
        private final String token = UUID.randomUUID().toString();
        private @Nullable String arn;
        private boolean deletionAttempted;
        private boolean deletionAcknowledged;

        void created(String created) {
            assertThat(created).as("the channel of token %s", token).isEqualTo(arn == null ? created : arn);
            arn = created;
        }
    }

    private final String user;
    private final String member;
    /// Of the present round; only the last may lack an answer.
    private final List<Founded> founded = new ArrayList<>();

    ChannelFounder(String user, String member) {
        this.user = user;
        this.member = member;
    }

    void writeUntilKilled(SdkClients clients, CountDownLatch acknowledgements) {
        founded.clear();
        try {
            while (true) {
                var channel = new Founded();
                founded.add(channel);
                create(clients, channel);
                acknowledgements.countDown();
                delete(clients, channel);
                acknowledgements.countDown();
            }
        } catch (SdkClientException killed) {
            // The last channel is open now; see check.
        }
    }

    /// Checks that channels are there once and whole, or gone, and brings the last one to its end.
    void check(SdkClients clients, String when) {
        for (String someone : List.of(user, member)) {
            List<String> names = namesOfChannels(clients, someone);
            founded.forEach(channel -> checkListed(channel, names, when));
        }
        Founded last = founded.getLast();
        if (last.arn == null) {
            create(clients, last);
            create(clients, last);
            assertThat(namesOfChannels(clients, member)).as(when).containsOnlyOnce(last.name);
        }
        if (!last.deletionAttempted) {
            delete(clients, last);
        }
        assertThat(namesOfChannels(clients, member)).as("%s, after the retry", when)
                .doesNotContain(last.deletionAcknowledged ? last.name : "");
    }

    private static void checkListed(Founded channel, List<String> names, String when) {
        assertThat(names.stream().filter(channel.name::equals).count()).as(when).isLessThanOrEqualTo(1);
        if (channel.deletionAcknowledged) {
            assertThat(names).as("%s: a deleted channel is back", when).doesNotContain(channel.name);
        } else if (channel.arn != null && !channel.deletionAttempted) {
            assertThat(names).as("%s: a channel is lost", when).contains(channel.name);
        }
    }

    private void create(SdkClients clients, Founded channel) {
        channel.created(clients.messaging()
                .createChannel(clients.newChannel(user)
                        .name(channel.name)
                        .memberArns(member)
                        .clientRequestToken(channel.token)
                        .build())
                .channelArn());
    }

    private void delete(SdkClients clients, Founded channel) {
        channel.deletionAttempted = true;
        clients.messaging().deleteChannel(delete -> delete.channelArn(channel.arn).chimeBearer(user));
        channel.deletionAcknowledged = true;
    }

    private static List<String> namesOfChannels(SdkClients clients, String member) {
        return clients.messaging()
                .listChannelMembershipsForAppInstanceUserPaginator(list -> list.chimeBearer(member))
                .stream()
                .flatMap(page -> page.channelMemberships().stream())
                .map(membership -> membership.channelSummary().name())
                .toList();
    }
}
