package io.orderly.kit.session;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import java.util.Arrays;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/** Documents the header for operations whose method has a {@link Session} parameter. */
final class SessionInOpenApi implements OperationCustomizer {

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        boolean inSession = Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType() == Session.class);
        if (!inSession) {
            return operation;
        }
        operation.getResponses().forEach((status, response) -> {
            if (status.startsWith("2")) {
                response.addHeaderObject(
                        Session.HEADER,
                        new Header()
                                .required(true)
                                .description(
                                        "What the client has seen so far, to be sent with the next request to any service. Opaque.")
                                .schema(schema()));
            }
        });
        return operation.addParametersItem(new HeaderParameter()
                .name(Session.HEADER)
                .required(false)
                .description(
                        "The header of an earlier response. The response to this request is not older than what the client has seen by"
                                + " then, at whichever instance; an instance that is still behind after a short time refuses with 503.")
                .schema(schema()));
    }

    private static StringSchema schema() {
        StringSchema schema = new StringSchema();
        schema.minLength(SessionToken.LENGTH).maxLength(SessionToken.LENGTH);
        return schema;
    }
}
