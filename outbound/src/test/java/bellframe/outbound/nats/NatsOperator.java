package bellframe.outbound.nats;

import io.nats.client.NKey;
import io.nats.client.support.JwtUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/// An operator of NATS with one account that has JetStream, as `nsc` would set them up.
final class NatsOperator {

    private static final String UNLIMITED = """
            {"type":"account","version":2,"limits":{"subs":-1,"data":-1,"payload":-1,"imports":-1,"exports":-1,\
            "wildcards":true,"conn":-1,"leaf":-1%s},"default_permissions":{"pub":{},"sub":{}}}""";
    private static final String JETSTREAM = ",\"mem_storage\":-1,\"disk_storage\":-1,\"streams\":-1,\"consumer\":-1";

    private final NKey operator = NKey.createOperator(null);
    private final NKey system = NKey.createAccount(null);
    private final NKey account = NKey.createAccount(null);

    NatsOperator() throws GeneralSecurityException, IOException {
    }

    /// The server's configuration.
    Path configuration(Path folder) throws GeneralSecurityException, IOException {
        String own = jwt(operator, "{\"type\":\"operator\",\"version\":2,\"system_account\":\"" + key(system) + "\"}");
        return Files.write(folder.resolve("nats.conf"), List.of(
                "operator: " + own,
                "system_account: " + key(system),
                "jetstream: {store_dir: \"" + folder.resolve("store") + "\"}",
                "resolver: MEMORY",
                "resolver_preload: {",
                "  " + key(system) + ": " + jwt(system, UNLIMITED.formatted("")),
                "  " + key(account) + ": " + jwt(account, UNLIMITED.formatted(JETSTREAM)),
                "}"));
    }

    /// A user of the account.
    Path credentials(Path file) throws GeneralSecurityException, IOException {
        return credentials(file, account);
    }

    /// A user of an account that the server does not know.
    static Path strangers(Path file) throws GeneralSecurityException, IOException {
        return credentials(file, NKey.createAccount(null));
    }

    private static Path credentials(Path file, NKey account) throws GeneralSecurityException, IOException {
        NKey user = NKey.createUser(null);
        String jwt = JwtUtils.issueUserJWT(account, key(account), key(user));
        return Files.writeString(file, JwtUtils.NATS_USER_JWT_FORMAT.formatted(jwt, new String(user.getSeed())));
    }

    private String jwt(NKey subject, String claims) throws GeneralSecurityException, IOException {
        return JwtUtils.issueJWT(operator, key(subject), "test", null, JwtUtils.currentTimeSeconds(), key(operator),
                () -> claims);
    }

    private static String key(NKey key) throws GeneralSecurityException, IOException {
        return new String(key.getPublicKey());
    }
}
