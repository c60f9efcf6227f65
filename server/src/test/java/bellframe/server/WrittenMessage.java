package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageSummary;

/// A message that a test sends and changes, and what the server has acknowledged of that.
///
/// Each change is first attempted, then acknowledged; what a killed server was attempted to do it may or may not have
/// done. Confined to the thread of its writer until that has ended.
final class WrittenMessage {

    final String sender;
    final String channel;
    final String token;
    private final String name;
    private final String padding;

    private @Nullable String id;
    private int attemptedVersion;
    private int acknowledgedVersion;
    private boolean redactionAttempted;
    private boolean redactionAcknowledged;

    WrittenMessage(String sender, String channel, String name, String token, int paddingLength) {
        this.sender = sender;
        this.channel = channel;
        this.name = name;
        this.token = token;
        this.padding = "x".repeat(paddingLength);
    }

    /// The name of the message that has this content.
    static String nameIn(String content) {
        return content.substring(0, content.indexOf(' '));
    }

    String name() {
        return name;
    }

    /// The id, once the message is acknowledged.
    @Nullable
    String id() {
        return id;
    }

    String requireId() {
        if (id == null) {
            throw new IllegalStateException(this + " is not acknowledged");
        }
        return id;
    }

    boolean isRedactionAttempted() {
        return redactionAttempted;
    }

    /// What was sent first, and what a retry must send.
    String firstContent() {
        return content(0);
    }

    void sent(String messageId) {
        assertThat(messageId).as("the id of %s", this).isEqualTo(id == null ? messageId : id);
        id = messageId;
    }

    String nextContent() {
        attemptedVersion = acknowledgedVersion + 1;
        return content(attemptedVersion);
    }

    void updated() {
        acknowledgedVersion = attemptedVersion;
    }

    void redacting() {
        redactionAttempted = true;
    }

    void redacted() {
        redactionAcknowledged = true;
    }

    boolean isUpdateOpen() {
        return attemptedVersion != acknowledgedVersion;
    }

    boolean isRedactionOpen() {
        return redactionAttempted && !redactionAcknowledged;
    }

    /// Checks what the server lists against what it has acknowledged and been attempted.
    void check(ChannelMessageSummary listed, String when) {
        assertThat(listed.sender().arn()).as(when).isEqualTo(sender);
        assertThat(listed.messageId()).as(when).isEqualTo(id == null ? listed.messageId() : id);
        if (listed.redacted()) {
            assertThat(redactionAttempted).as("%s: nobody redacted %s", when, this).isTrue();
            assertThat(listed.content()).as(when).isNull();
        } else {
            assertThat(redactionAcknowledged).as("%s: the redaction of %s is lost", when, this).isFalse();
            assertThat(listed.content()).as("%s: %s", when, this)
                    .isIn(content(acknowledgedVersion), content(attemptedVersion));
        }
    }

    private String content(int version) {
        return name + " " + version + " " + padding;
    }

    @Override
    public String toString() {
        return "message " + name + " with token " + token + " and id " + id;
    }
}
