package bellframe.server;

import bellframe.outbound.nats.NatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A stream of NATS JetStream in a server of its own, which is killed to fail.
final class NatsStream implements StreamReceiver {

    static final String SUBJECT = "events.chat";

    private static final String STREAM = "EVENTS";

    /// What a server is asked.
    @FunctionalInterface
    private interface Question<T> {
        T ask(JetStreamManagement management) throws Exception;
    }

    private final NatsServer server;

    NatsStream(Path folder) {
        server = new NatsServer("-js", "-sd", folder.resolve("nats").toString());
    }

    String url() {
        return server.url().toString();
    }

    @Override
    public void start() throws Exception {
        server.start();
        ask(management -> management
                .addStream(StreamConfiguration.builder().name(STREAM).subjects("events.>").build()));
    }

    @Override
    public List<StreamedRecord> records() throws Exception {
        return ask(management -> {
            var records = new ArrayList<StreamedRecord>();
            long last = management.getStreamInfo(STREAM).getStreamState().getLastSequence();
            for (long i = 1; i <= last; i++) {
                records.add(StreamedRecord.of(null,
                        new String(management.getMessage(STREAM, i).getData(), StandardCharsets.UTF_8)));
            }
            return records;
        });
    }

    /// Asks the server itself.
    private <T> T ask(Question<T> question) throws Exception {
        Connection connection = Nats.connect(url());
        try {
            return question.ask(connection.jetStreamManagement());
        } finally {
            connection.close();
        }
    }

    @Override
    public void fail() {
        server.kill();
    }

    @Override
    public void recover() throws IOException {
        server.start();
    }

    @Override
    public void close() {
        server.close();
    }
}
