package bellframe.server.config;

import bellframe.http.Proxies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The effective configuration; an instance is valid. [Setting] says what each component means.
public record ServerConfig(
        Path data,
        int port,
        int adminPort,
        @Nullable String host,
        @Nullable String publicHost,
        @Nullable Path tlsCertificateFile,
        @Nullable Path tlsKeyFile,
        @Nullable String account,
        String region,
        Proxies proxies,
        int requestsInFlightMax,
        LimitConfig limits,
        SessionConfig sessions,
        Duration handshakeLimit,
        Duration drainSpread,
        Duration drainLimit,
        long freeSpaceReserveBytes,
        long storeMemoryBytes,
        Duration slowOperation,
        Duration sweepInterval,
        LogFormat logFormat,
        LogLevel logLevel,
        boolean dev,
        AuditTarget auditLog,
        ExchangeConfig exchange,
        KeyConfig keys,
        OutboundConfig outbound,
        @Nullable String rootAccessKeyId,
        @Nullable Secret rootSecretAccessKey) {

    private static final int PORT_MAX = 65_535;
    private static final long MIB = 1024 * 1024;
    private static final long GIB = 1024 * MIB;

    private static final String LOCALHOST = "localhost";
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|::1");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{1,255}");
    private static final Pattern PUBLIC_HOST = Pattern
            .compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,63}");
    private static final Pattern ACCESS_KEY_ID = Pattern.compile("\\w{16,128}");
    private static final Pattern SECRET_ACCESS_KEY = Pattern.compile("[!-~]{16,128}");

    public ServerConfig {
        Setting.DATA.require(!data.toString().isEmpty(), data);
        Setting.PORT.require(isPort(port), port);
        Setting.ADMIN_PORT.require(isPort(adminPort) && (adminPort == 0 || adminPort != port), adminPort);
        host = dev && host == null ? LOCALHOST : host;
        Setting.HOST.require(host == null || HOST.matcher(host).matches(), host);
        Setting.DEV.require(!dev || LOOPBACK.matcher(host).matches(), dev);
        Setting.PUBLIC_HOST.require(publicHost == null || isPublicHost(publicHost), publicHost);
        requireTlsFiles(tlsCertificateFile, tlsKeyFile);
        Setting.ACCOUNT.require(account == null || ACCOUNT.matcher(account).matches(), account);
        Setting.REGION.require(REGION.matcher(region).matches(), region);
        requireProxies(proxies);
        Setting.REQUESTS_IN_FLIGHT_MAX.require(requestsInFlightMax >= 1 && requestsInFlightMax <= 1_000_000,
                requestsInFlightMax);
        TimeSpan.requireSecondTo10Minutes(Setting.HANDSHAKE_LIMIT, handshakeLimit);
        requireStore(freeSpaceReserveBytes, storeMemoryBytes);
        Setting.SLOW_OPERATION.require(
                slowOperation.isPositive() && slowOperation.compareTo(Duration.ofMinutes(10)) <= 0,
                TimeSpan.format(slowOperation));
        Setting.SWEEP_INTERVAL.require(sweepInterval.compareTo(Duration.ofSeconds(1)) >= 0
                && sweepInterval.compareTo(Duration.ofHours(6)) <= 0, TimeSpan.format(sweepInterval));
        requireDrain(drainSpread, drainLimit);
        requireRootKey(rootAccessKeyId, rootSecretAccessKey);
    }

    /// What holds when nothing is set.
    public static ServerConfig defaults() {
        return new SettingValues().toConfig();
    }

    private static boolean isPort(int port) {
        return port >= 0 && port <= PORT_MAX;
    }

    private static boolean isPublicHost(String publicHost) {
        var parts = PUBLIC_HOST.matcher(publicHost);
        return parts.matches() && (parts.group(2) == null || isPort(Integer.parseInt(parts.group(2).substring(1))));
    }

    private static void requireTlsFiles(@Nullable Path certificate, @Nullable Path key) {
        if ((certificate == null) != (key == null)) {
            throw new InvalidConfig("tlsCertificateFile and tlsKeyFile go together: set both or neither");
        }
    }

    private static void requireProxies(Proxies proxies) {
        if (proxies.protocol() && proxies.trusted().isEmpty()) {
            throw new InvalidConfig("proxyProtocol goes with trustedProxies: set both, or trustedProxies alone");
        }
    }

    private static void requireStore(long freeSpace, long memory) {
        Setting.FREE_SPACE_RESERVE_BYTES
                .require(freeSpace >= MIB && freeSpace <= 1024 * GIB, ByteSize.format(freeSpace));
        Setting.STORE_MEMORY_BYTES.require(memory >= 8 * MIB && memory <= 1024 * GIB, ByteSize.format(memory));
    }

    private static void requireDrain(Duration spread, Duration limit) {
        TimeSpan.requireSecondTo10Minutes(Setting.DRAIN_LIMIT, limit);
        Setting.DRAIN_SPREAD.require(!spread.isNegative() && spread.compareTo(limit) <= 0, TimeSpan.format(spread));
    }

    private static void requireRootKey(@Nullable String id, @Nullable Secret secret) {
        Setting.ROOT_ACCESS_KEY_ID.require(id == null || ACCESS_KEY_ID.matcher(id).matches(), id);
        Setting.ROOT_SECRET_ACCESS_KEY
                .require(secret == null || SECRET_ACCESS_KEY.matcher(secret.value()).matches(), secret);
        if ((id == null) != (secret == null)) {
            throw new InvalidConfig("rootAccessKeyId and rootSecretAccessKey go together: set both or neither");
        }
    }
}
