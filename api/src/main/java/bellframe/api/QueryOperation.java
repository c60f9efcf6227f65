package bellframe.api;

import java.util.List;
import javax.xml.stream.XMLStreamException;

/// One row of the operation table of a service that speaks the AWS Query protocol: `POST /` with a form that names the
/// operation, answered in XML with status 200.
///
/// @param name the operation's name in the model, which is its `Action`
/// @param errors the codes of the errors the model declares, as they stand on the wire: `NoSuchEntity`
/// @param <S> the service interface
/// @param <I> the input record
/// @param <O> the output record; [Void] where the model has none: the handler then answers null, and nothing is written
public record QueryOperation<S, I, O>(
        String name,
        List<String> errors,
        Reader<I> reader,
        Operation.Validator<I> validator,
        Operation.Handler<S, I, O> handler,
        Writer<O> writer) {

    /// Reads the input from the form. Missing required members, wrong types and unknown enum values end in
    /// [InvalidInput].
    @FunctionalInterface
    public interface Reader<I> {
        I read(QueryValue form);
    }

    /// Writes the output as the operation's result element; writes nothing for [Void].
    @FunctionalInterface
    public interface Writer<O> {
        void write(XmlOutput xml, O output) throws XMLStreamException;
    }
}
