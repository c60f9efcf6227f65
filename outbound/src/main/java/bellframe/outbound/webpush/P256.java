package bellframe.outbound.webpush;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;

/// Keys on the curve P-256, as bytes and as the JDK has them.
final class P256 {

    /// Of a number.
    static final int NUMBER_BYTES = 32;
    /// Of a point, uncompressed: 4, then its two coordinates.
    static final int POINT_BYTES = 1 + 2 * NUMBER_BYTES;

    private static final byte UNCOMPRESSED = 4;
    private static final BigInteger THREE = BigInteger.valueOf(3);
    private static final ECGenParameterSpec NAME = new ECGenParameterSpec("secp256r1");
    private static final ECParameterSpec CURVE = curve();

    private P256() {
    }

    private static ECParameterSpec curve() {
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(NAME);
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException("this JDK has no P-256", problem);
        }
    }

    static KeyPair keys(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(NAME, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException("this JDK has no P-256", problem);
        }
    }

    /// Empty if the bytes are no point of the curve: with another, a key agreement would give secrets away.
    static Optional<ECPublicKey> publicKey(byte[] point) {
        if (point.length != POINT_BYTES || point[0] != UNCOMPRESSED) {
            return Optional.empty();
        }
        var x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + NUMBER_BYTES));
        var y = new BigInteger(1, Arrays.copyOfRange(point, 1 + NUMBER_BYTES, POINT_BYTES));
        if (!isOnCurve(x, y)) {
            return Optional.empty();
        }
        try {
            var spec = new ECPublicKeySpec(new ECPoint(x, y), CURVE);
            return Optional.of((ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    private static boolean isOnCurve(BigInteger x, BigInteger y) {
        BigInteger p = ((ECFieldFp) CURVE.getCurve().getField()).getP();
        BigInteger right = x.modPow(THREE, p)
                .add(CURVE.getCurve().getA().multiply(x))
                .add(CURVE.getCurve().getB())
                .mod(p);
        return x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.modPow(BigInteger.TWO, p).equals(right);
    }

    /// Empty if the bytes are no number that could be a key.
    static Optional<ECPrivateKey> privateKey(byte[] number) {
        var secret = new BigInteger(1, number);
        if (number.length != NUMBER_BYTES || secret.signum() == 0 || secret.compareTo(CURVE.getOrder()) >= 0) {
            return Optional.empty();
        }
        try {
            var spec = new ECPrivateKeySpec(secret, CURVE);
            return Optional.of((ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(spec));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    static byte[] bytes(ECPublicKey key) {
        byte[] point = new byte[POINT_BYTES];
        point[0] = UNCOMPRESSED;
        put(key.getW().getAffineX(), point, 1);
        put(key.getW().getAffineY(), point, 1 + NUMBER_BYTES);
        return point;
    }

    private static void put(BigInteger number, byte[] target, int at) {
        byte[] bytes = number.toByteArray();
        int length = Math.min(bytes.length, NUMBER_BYTES);
        System.arraycopy(bytes, bytes.length - length, target, at + NUMBER_BYTES - length, length);
    }
}
