package bellframe.messages;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.names.EventPosition;
import bellframe.names.MessageId;
import bellframe.names.Position;
import bellframe.names.UserArn;
import bellframe.rows.RowWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Rows as versions without channel flows wrote them.
class OlderRowsTest {

    private static final UserArn SENDER = UserArn
            .parse("arn:aws:chime:us-east-1:123456789012:app-instance/"
                    + "11111111-2222-4333-8444-555555555555/user/alice")
            .orElseThrow();

    private final MessageId id = MessageId.create(new Position(1_700_000_000_000_000L),
            MessageId.Tail.draw(new Random(1)));

    @Test
    void aMessageThatNeededNoFlowIsSent() {
        byte[] row = new RowWriter(2).text(id.text())
                .text(SENDER.toString())
                .name(Message.Type.STANDARD)
                .optional("hello", RowWriter::text)
                .optional(null, RowWriter::text)
                .optional(null, RowWriter::text)
                .optional((UserArn) null, (writer, arn) -> writer.text(arn.toString()))
                .optional((PushNotification) null, PushNotification::write)
                .flag(false)
                .time(Instant.EPOCH)
                .optional(null, RowWriter::time)
                .list(List.of("name"), (writer, name) -> writer.text(name).list(List.of("value"), RowWriter::text))
                .number(17)
                .optional(18L, RowWriter::number)
                .toBytes();
        var message = Message.fromRow(row);
        assertThat(message.status()).isEqualTo(Message.Status.SENT);
        assertThat(message.isPending()).isFalse();
        assertThat(message.content()).isEqualTo("hello");
        assertThat(message.attributes()).isEqualTo(Map.of("name", List.of("value")));
        assertThat(message.shownSince()).isEqualTo(new EventPosition(17));
        assertThat(message.changed()).isEqualTo(new EventPosition(18));
        assertThat(Message.fromRow(message.toRow())).isEqualTo(message);
    }

    @Test
    void aSendWasNotHeld() {
        byte[] row = new RowWriter(1).text(id.text()).bytes(new byte[]{1, 2}).toBytes();
        var sent = Sent.fromRow(row);
        assertThat(sent.held()).isFalse();
        assertThat(sent.id()).isEqualTo(id);
        assertThat(sent.answers(new byte[]{1, 2})).isTrue();
    }
}
