package bellframe.server;

import bellframe.outbound.ServerProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/// A stream of Kinesis in npm's `kinesis-local`, which keeps it in memory, and is halted to fail. There are others that are unfit.
final class KinesisStream implements StreamReceiver {

    static final String NAME = "chime-messaging-chat";
    /// Of one shard.
    static final String NARROW = "chime-messaging-narrow";
    /// Not encrypted.
    static final String OPEN = "chime-messaging-open";

    private static final String ACCOUNT = "000000000000";
    private static final String REGION = "us-east-1";
    private static final Path PROGRAM = ProjectRoot.path().resolve("clients/js/node_modules/kinesis-local");
    private static final int READ_RECORDS = 100;
    private static final long BETWEEN_LOOKS_NANOS = 20_000_000;

    private final int port = ServerProcess.freePort();
    private final ServerProcess process = new ServerProcess(List.of("env",
            "KINESIS_MOCK_PLAIN_PORT=" + port,
            "KINESIS_MOCK_TLS_PORT=" + ServerProcess.freePort(),
            "KINESIS_MOCK_CERT_PATH=" + PROGRAM.resolve("server.json"),
            "AWS_ACCOUNT_ID=" + ACCOUNT, "LOG_LEVEL=INFO",
            "INITIALIZE_STREAMS=%s:2:%s,%s:1:%s,%s:2:%s".formatted(NAME, REGION, NARROW, REGION, OPEN, REGION),
            "node", PROGRAM.resolve("main.js").toString()),
            line -> line.contains("Starting Kinesis Plain Mock Service"), _ -> {
            });
    private @Nullable KinesisClient client;

    /// Skips the test where there is no such program, or lets it fail under `-Dclients.required=true`.
    static void require(String test) {
        if (isInstalled()) {
            return;
        }
        String reason = test + ": no " + PROGRAM + ", or no `node`; npm ci --prefix clients/js";
        if (Boolean.getBoolean("clients.required")) {
            throw new AssertionError(reason);
        }
        System.out.println("SKIPPED " + reason);
        throw new TestAbortedException(reason);
    }

    static boolean isInstalled() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Files.exists(PROGRAM)
                && List.of(path.split(":")).stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    }

    static String arn(String name) {
        return "arn:aws:kinesis:" + REGION + ":" + ACCOUNT + ":stream/" + name;
    }

    URI url() {
        return URI.create("http://localhost:" + port);
    }

    private KinesisClient client() {
        if (client == null) {
            client = KinesisClient.builder()
                    .endpointOverride(url())
                    .region(Region.of(REGION))
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                    .httpClient(ApacheHttpClient.create())
                    .build();
        }
        return client;
    }

    @Override
    public void start() throws Exception {
        process.start();
        encrypt(NAME);
        encrypt(NARROW);
    }

    private void encrypt(String name) {
        awaitActive(name);
        client().startStreamEncryption(
                start -> start.streamName(name).encryptionType(EncryptionType.KMS).keyId("alias/aws/kinesis"));
        awaitActive(name);
    }

    private void awaitActive(String name) {
        while (!client().describeStreamSummary(of -> of.streamName(name))
                .streamDescriptionSummary()
                .streamStatusAsString()
                .toUpperCase(Locale.ROOT)
                .equals("ACTIVE")) {
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    @Override
    public List<StreamedRecord> records() {
        var records = new ArrayList<StreamedRecord>();
        for (Shard shard : client().listShards(of -> of.streamName(NAME)).shards()) {
            String iterator = client().getShardIterator(of -> of.streamName(NAME)
                    .shardId(shard.shardId())
                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON)).shardIterator();
            GetRecordsResponse some;
            do {
                String from = iterator;
                some = client().getRecords(of -> of.shardIterator(from).limit(READ_RECORDS));
                for (Record record : some.records()) {
                    records.add(StreamedRecord.of(record.partitionKey(), record.data().asUtf8String()));
                }
                iterator = some.nextShardIterator();
            } while (!some.records().isEmpty());
        }
        return records;
    }

    @Override
    public void fail() throws Exception {
        signal("STOP");
    }

    @Override
    public void recover() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        process.close();
    }
}
