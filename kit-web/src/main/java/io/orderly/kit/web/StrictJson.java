package io.orderly.kit.web;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.Executable;
import org.springframework.core.MethodParameter;
import org.springframework.core.Nullness;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.Version;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * Strict JSON for request bodies: unknown, repeated and missing fields are refused, because an order must not be guessed.
 * Messages between services are parsed leniently, so this is for requests only.
 */
final class StrictJson {

    private StrictJson() {}

    /** A mapper that serializes like the given one and parses strictly. */
    static JsonMapper from(JsonMapper mapper) {
        return mapper.rebuild()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .addModule(new RequestModule())
                .build();
    }

    private static final class RequestModule extends SimpleModule {

        RequestModule() {
            super("requests", Version.unknownVersion());
            addDeserializer(String.class, new StorableText());
        }

        @Override
        public void setupModule(SetupContext context) {
            super.setupModule(context);
            context.appendAnnotationIntrospector(new RequiredUnlessNullable());
        }
    }

    /** Text that cannot be stored in the database. */
    static final class UnstorableTextException extends MismatchedInputException {

        private UnstorableTextException(JsonParser parser) {
            super(parser, "text with NUL characters or unpaired surrogates", String.class);
        }
    }

    /**
     * Refuses text that cannot be stored in the database: NUL characters and unpaired surrogates. It does not apply to
     * records that wrap a string; their constructors must check it.
     */
    private static final class StorableText extends StdScalarDeserializer<String> {

        StorableText() {
            super(String.class);
        }

        @Override
        public LogicalType logicalType() {
            return LogicalType.Textual;
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) {
            String text = StringDeserializer.instance.deserialize(parser, context);
            if (text.codePoints()
                    .anyMatch(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                throw new UnstorableTextException(parser);
            }
            return text;
        }
    }

    /** Whether a parameter of the constructor or factory method is required. */
    static boolean isNonNull(Executable creator, int index) {
        return creator.getParameterTypes()[index].isPrimitive()
                || Nullness.forMethodParameter(MethodParameter.forExecutable(creator, index)) == Nullness.NON_NULL;
    }

    /** Components that are not nullable are required in JSON. */
    private static final class RequiredUnlessNullable extends NopAnnotationIntrospector {

        private static final JsonSetter.Value REQUIRED = JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL);

        @Override
        public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
            if (annotated instanceof AnnotatedParameter parameter
                    && parameter.getOwner().getAnnotated() instanceof Executable creator
                    && isNonNull(creator, parameter.getIndex())) {
                return REQUIRED;
            }
            return JsonSetter.Value.empty();
        }
    }
}
