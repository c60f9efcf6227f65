package bellframe.server;

import bellframe.api.iam.IamOperations;
import bellframe.api.identity.IdentityOperations;
import bellframe.api.messaging.MessagingOperations;
import bellframe.api.sts.StsOperations;
import bellframe.credentials.AcceptedRegions;
import bellframe.credentials.AccessKey;
import bellframe.credentials.Authenticator;
import bellframe.credentials.SignedService;
import bellframe.exchange.CredentialExchange;
import bellframe.exchange.ExchangeRules;
import bellframe.http.AuditLog;
import bellframe.http.Endpoint;
import bellframe.http.EventLoops;
import bellframe.http.FailedSignatures;
import bellframe.http.Gates;
import bellframe.http.HttpLimits;
import bellframe.http.HttpServer;
import bellframe.http.QueryEndpoint;
import bellframe.http.Services;
import bellframe.http.ServerTls;
import bellframe.http.Throttling;
import bellframe.http.Transport;
import bellframe.limits.Rate;
import bellframe.limits.RequestRates;
import bellframe.names.Account;
import bellframe.names.AppInstanceArn;
import bellframe.outbound.oidc.OidcIdentities;
import bellframe.outbound.Outbound;
import bellframe.server.config.ExchangeConfig;
import bellframe.server.config.ServerConfig;
import bellframe.server.config.SessionConfig;
import bellframe.server.config.Setting;
import bellframe.server.folder.Backup;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.Installation;
import bellframe.server.folder.MasterKeyFile;
import bellframe.server.folder.RunningServerFile;
import bellframe.server.tls.CertificateSource;
import bellframe.storage.Storage;
import bellframe.storage.rocksdb.RocksDbOptions;
import bellframe.storage.rocksdb.RocksDbStorage;
import bellframe.websocket.ConnectionLimits;
import bellframe.websocket.NettyFrameEncoder;
import bellframe.websocket.WebSocketUpgrade;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a server is made of: constructors in floor order, one method per floor; closed in reverse.
final class Wiring implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Wiring.class);

    private static final int ADMIN_TOKEN_BYTES = 32;

    /// How long sessions may take to end after the last of them was told to.
    private static final Duration LAST_SESSIONS_LIMIT = Duration.ofSeconds(3);

    private final ServerConfig config;
    private final DataFolder folder;
    private final Installation installation;
    private final UnaryOperator<Storage> around;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final String adminToken;
    private final AtomicReference<AccessKey> rootKey;
    /// What has been started, last first.
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private volatile boolean ready;

    private @Nullable Domain domain;
    private @Nullable HttpServer http;
    private int adminPort;

    private Wiring(ServerConfig config, DataFolder folder, Installation installation, UnaryOperator<Storage> around,
            InstantSource clock) {
        this.around = around;
        this.clock = clock;
        this.config = config;
        this.folder = folder;
        this.installation = installation;
        this.rootKey = new AtomicReference<>(installation.rootKey());
        byte[] token = new byte[ADMIN_TOKEN_BYTES];
        random.nextBytes(token);
        this.adminToken = HexFormat.of().formatHex(token);
    }

    /// Starts a server; when this returns, it takes clients.
    ///
    /// @throws PortUnavailable if a port cannot be listened on
    static Wiring start(ServerConfig config, DataFolder folder, Installation installation,
            CertificateSource certificates) {
        return start(config, folder, installation, certificates, UnaryOperator.identity(), InstantSource.system());
    }

    /// Starts a server whose domain sees the store through something else, and that has a clock of its own.
    static Wiring start(ServerConfig config, DataFolder folder, Installation installation,
            CertificateSource certificates,
            UnaryOperator<Storage> around, InstantSource clock) {
        var wiring = new Wiring(config, folder, installation, around, clock);
        try {
            wiring.startAll(certificates);
            return wiring;
        } catch (RuntimeException problem) {
            wiring.close();
            throw problem;
        }
    }

    int port() {
        return http == null ? 0 : http.port();
    }

    /// Where this server can be reached by processes of this machine.
    RunningServerFile running() {
        Path own = config.tlsCertificateFile();
        return new RunningServerFile(port(), adminPort, adminToken, own == null ? null : own.toAbsolutePath());
    }

    /// Takes no more clients and sends those that are here away, spread over the configured time.
    void drain() throws InterruptedException {
        ready = false;
        if (http == null || domain == null) {
            return;
        }
        http.stopAccepting();
        Duration limit = config.drainSpread().plus(LAST_SESSIONS_LIMIT);
        try {
            domain.sessions().drain(config.drainSpread()).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            log.warn("{} sessions did not end within {}", domain.sessions().size(), limit);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Closes everything in reverse order; a part that cannot be closed does not keep the others open.
    @Override
    public void close() {
        while (!started.isEmpty()) {
            close(started.pop());
        }
    }

    private void startAll(CertificateSource certificates) {
        if (config.dev()) {
            log.warn("development mode: requests signed with ANY key are believed; never let others reach this server");
        }
        log.info("account {}, region {}, data in {}", installation.account(), installation.region(), folder);
        var metrics = started(new Metrics());
        RocksDbStorage store = openStorage(metrics);
        Storage storage = around.apply(store);
        Outbound outbound = startOutbound(metrics);
        Domain services = startDomain(storage, outbound, metrics);
        Access access = startAccess(services, storage);
        CurrentCertificate<ServerTls> certificate = startCertificate(certificates);
        var audit = started(AuditTrail.start(config.auditLog(), folder, clock));
        startEdge(services, access, certificate, audit, metrics);
        startAdmin(metrics, audit, Map.of(
                "/backup", backupTask(store),
                "/erase-user", new EraseUserTask(services),
                "/keys", keysTask(access),
                "/outbox", new OutboxTask(services.outbox()),
                "/replay", new ReplayTask(services, outbound.streams()),
                "/ca", new CaTask(folder, certificates, certificate::renew)));
        ready = true;
    }

    private RocksDbStorage openStorage(Metrics metrics) {
        var storage = started(RocksDbStorage.open(RocksDbOptions.of(folder.path())
                .withReserveBytes(config.freeSpaceReserveBytes())
                .withMemoryBytes(config.storeMemoryBytes())
                .withListener(metrics.commits())));
        metrics.watch(storage);
        return storage;
    }

    private Outbound startOutbound(Metrics metrics) {
        try {
            return started(
                    new Outbound(config.outbound().receivers(), account(), metrics.registry(), clock, random));
        } catch (IOException problem) {
            throw Setting.OUTBOUND_CA_FILE.unreadable(config.outbound().caFile(), problem);
        }
    }

    private Account account() {
        return new Account(installation.account(), installation.region());
    }

    private Domain startDomain(Storage storage, Outbound outbound, Metrics metrics) {
        var made = started(new Domain(account(), config, storage, new NettyFrameEncoder(), Outside.of(outbound),
                metrics.registry(), clock, random));
        made.start(installation.appInstanceId());
        domain = made;
        return made;
    }

    private Access startAccess(Domain services, Storage storage) {
        var access = new Access(config.dev(), account(), storage, installation.masterKey(), rootKey::get,
                services.tags(),
                services.pageTokens(), startIdentities(), clock, random);
        access.userKeys().sealAgain();
        masterKeyFile().settle();
        return access;
    }

    private OidcIdentities startIdentities() {
        try {
            return started(new OidcIdentities(config.keys().identityProviderCaFile(), clock));
        } catch (IOException problem) {
            throw Setting.IDENTITY_PROVIDER_CA_FILE.unreadable(config.keys().identityProviderCaFile(), problem);
        }
    }

    private CurrentCertificate<ServerTls> startCertificate(CertificateSource certificates) {
        var certificate = started(new CurrentCertificate<>(certificates,
                pair -> ServerTls.of(pair.key(), pair.chain())));
        certificate.renewEvery(certificates.lookInterval());
        return certificate;
    }

    private void startEdge(Domain services, Access access, CurrentCertificate<ServerTls> certificate,
            AuditLog audit, Metrics metrics) {
        var loops = started(EventLoops.start(Transport.best(), Runtime.getRuntime().availableProcessors()));
        var requests = started(
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory()));
        var door = config.dev() ? Door.unchecked(access.unchecked()) : Door.checked(authenticator(access));
        var failedSignatures = new FailedSignatures(config.limits().failedSignaturesPerMinuteMax(),
                metrics.registry());
        var sessions = new WebSocketUpgrade(loops, connectionLimits(), failedSignatures, door.connects(),
                access.permissions()::require, audit, services.sessions(), requests, metrics.registry(), clock);
        var gates = new Gates(failedSignatures, door.calls(), access.permissions()::require, throttling());
        var server = started(new HttpServer(loops, httpLimits(), config.proxies(), certificate,
                services(services, access), gates, audit, sessions, config.slowOperation(), requests,
                metrics.registry(), clock, () -> ThreadLocalRandom.current().nextLong()));
        listen(server);
        http = server;
    }

    private Throttling throttling() {
        return switch (config.limits().profile()) {
            case STANDARD -> Throttling.NONE;
            case AWS -> new RequestRates(config.limits().ratesPercent(), System::nanoTime)::draw;
        };
    }

    private Authenticator authenticator(Access access) {
        return new Authenticator(access.keys(), new AcceptedRegions.Only(installation.region()), clock);
    }

    private Services services(Domain domain, Access access) {
        var endpoints = new ArrayList<Endpoint<?>>();
        endpoints.addAll(Endpoint.bind(MessagingOperations.ALL, domain.messaging()));
        endpoints.addAll(Endpoint.bind(IdentityOperations.ALL, domain.identityManagement()));
        return new Services(endpoints,
                List.of(new QueryEndpoint<>(IamOperations.SERVICE, SignedService.IAM, Rate.IAM, access.iam()),
                        new QueryEndpoint<>(StsOperations.SERVICE, SignedService.STS, Rate.STS, access.sts())),
                exchange(domain, access));
    }

    private @Nullable CredentialExchange exchange(Domain domain, Access access) {
        ExchangeConfig exchange = config.exchange();
        if (exchange.roleArn() == null || exchange.provider() == null) {
            return null;
        }
        String appInstance = Objects.requireNonNullElse(exchange.appInstance(), installation.appInstanceArn());
        return access.exchange(new ExchangeRules(exchange.provider(), exchange.roleArn(),
                AppInstanceArn.parse(appInstance).orElseThrow(), exchange.userClaim(), exchange.duration()),
                domain.users());
    }

    private void listen(HttpServer server) {
        try {
            server.start(config.host(), config.port());
        } catch (BindException problem) {
            throw PortUnavailable.of(config.port(), "--port", problem);
        }
    }

    private HttpLimits httpLimits() {
        return HttpLimits.DEFAULT.withRequestsInFlightMax(config.requestsInFlightMax())
                .withConnectionsPerAddressMax(config.limits().connectionsPerAddressMax())
                .withFirstRequestLimit(config.handshakeLimit());
    }

    private ConnectionLimits connectionLimits() {
        SessionConfig sessions = config.sessions();
        return new ConnectionLimits(Math.toIntExact(sessions.pendingBytesMax()), sessions.stallLimit(),
                Math.toIntExact(sessions.frameBytesMax()), sessions.framesPerSecondMax(), sessions.pingInterval(),
                ConnectionLimits.DEFAULT.closeLimit());
    }

    private void startAdmin(Metrics metrics, AuditLog audit, Map<String, OperatorRequests.Task> tasks) {
        var admin = started(AdminServer.start(config.adminPort(), () -> ready, metrics.registry(),
                new OperatorRequests(adminToken, audit), tasks));
        adminPort = admin.port();
    }

    private BackupTask backupTask(RocksDbStorage store) {
        return new BackupTask(
                target -> Backup.make(folder, target, store::copyTo, clock.instant(), Version.current()));
    }

    private KeysTask keysTask(Access access) {
        return new KeysTask(access.userKeys(), rootKey::get, this::rotateRootKey, this::prepareMasterKey);
    }

    private AccessKey rotateRootKey() {
        AccessKey key = installation.rootKeyFile(folder).rotate(config, random);
        rootKey.set(key);
        return key;
    }

    private String prepareMasterKey() {
        masterKeyFile().makeNext();
        return "the server uses a new master key from its next start on; sessions of temporary credentials end then";
    }

    private MasterKeyFile masterKeyFile() {
        return new MasterKeyFile(folder, config.keys(), random);
    }

    private <T extends AutoCloseable> T started(T part) {
        started.push(part);
        return part;
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception problem) {
            log.error("{} could not be closed", part.getClass().getSimpleName(), problem);
        }
    }
}
