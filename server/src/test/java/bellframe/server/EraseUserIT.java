package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.storage.Table;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.chimesdkidentity.model.NotFoundException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageSummary;
import software.amazon.awssdk.services.chimesdkmessaging.model.Target;

/// Erasing somebody, with and without a server that runs.
@Timeout(120)
class EraseUserIT {

    @RegisterExtension
    final RunningServer server = new RunningServer();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anErasedUserLeavesNeitherNameNorMessages(boolean running) {
        try (SdkClients clients = SdkClients.of(server)) {
            String ada = clients.user("ada");
            String bob = clients.user("bob");
            String channel = clients.channel(ada, bob);
            clients.send(bob, channel, "of bob");
            clients.send(ada, channel, "of ada");
            clients.messaging()
                    .sendChannelMessage(SdkClients.message(bob, channel, "for ada")
                            .target(Target.builder().memberArn(ada).build())
                            .build());
            if (!running) {
                server.terminate();
            }

            var erased = server.run("erase-user", bob, "--data", server.dataFolder().toString());

            assertThat(erased.exitCode()).as(erased.err()).isZero();
            assertThat(erased.out().strip()).isEqualTo("erased " + bob + "; messages removed: 2");
            if (!running) {
                server.start();
            }
            try (SdkClients after = clients.at(server.port())) {
                assertThat(after.messages(ada, channel)).extracting(ChannelMessageSummary::content)
                        .containsExactly("of ada");
                assertThatExceptionOfType(NotFoundException.class)
                        .isThrownBy(() -> after.identity().describeAppInstanceUser(r -> r.appInstanceUserArn(bob)));
            }
        }
        server.terminate();
        assertThat(StoreRows.count(server.dataFolder())).containsEntry(Table.MESSAGES, 1)
                .containsEntry(Table.MESSAGE_TOKENS, 1)
                .containsEntry(Table.APP_INSTANCE_USERS, 1)
                .containsEntry(Table.MEMBERS_BY_CHANNEL, 1);
    }

    @Test
    void messagesOfAUserWhoWasDeletedBeforeAreErasedToo() {
        try (SdkClients clients = SdkClients.of(server)) {
            String ada = clients.user("ada");
            String bob = clients.user("bob");
            String channel = clients.channel(ada, bob);
            clients.send(bob, channel, "of bob");
            clients.identity().deleteAppInstanceUser(r -> r.appInstanceUserArn(bob));
            assertThat(clients.messages(ada, channel)).hasSize(1);

            var erased = server.run("erase-user", bob, "--data", server.dataFolder().toString());

            assertThat(erased.out().strip()).isEqualTo("erased " + bob + "; messages removed: 1");
            assertThat(clients.messages(ada, channel)).isEmpty();
        }
    }

    @Test
    void whoCannotBeAUserHereIsRefused() {
        String foreign = "arn:aws:chime:us-east-1:123456789012:app-instance/none/user/x";
        for (String arn : List.of("bob", foreign)) {
            var refused = server.run("erase-user", arn, "--data", server.dataFolder().toString());
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.err()).contains(arn + " is not the ARN of a user");
        }
    }
}
