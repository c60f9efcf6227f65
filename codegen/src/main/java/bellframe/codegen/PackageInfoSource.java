package bellframe.codegen;

/// Makes `package-info.java`.
final class PackageInfoSource {

    private PackageInfoSource() {
    }

    static String of(Main.Service service) {
        return """
                /// The %1$s API, generated from the official model: start with [%1$sService] and [%1$sOperations].
                ///
                /// Everything here is immutable or confined to one call, and runs on the thread of the request.
                @NullMarked
                package %2$s;

                import org.jspecify.annotations.NullMarked;
                """.formatted(service.name(), service.packageName());
    }
}
