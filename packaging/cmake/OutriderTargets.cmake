# The house's own targets: one set of flags, one static library per folder, one helper per kind.

option(OUTRIDER_PCH "Precompile the standard and Qt headers" ON)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_AUTOMOC_COMPILER_PREDEFINES OFF)
set_property(GLOBAL PROPERTY AUTOGEN_SOURCE_GROUP "Generated")

find_program(CCACHE ccache)
if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        "${CMAKE_COMMAND}" -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1 "${CCACHE}")
endif()

# ── One place for every flag, so that no target can forget one ────────────────────────────────
add_library(outrider_flags INTERFACE)
target_compile_features(outrider_flags INTERFACE cxx_std_20)
target_compile_definitions(outrider_flags INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_CONTEXTLESS_CONNECT QT_NO_KEYWORDS QT_NO_FOREACH
    QT_STRICT_ITERATORS QT_DISABLE_DEPRECATED_BEFORE=0x060400
    OUTRIDER_VERSION="${PROJECT_VERSION}"
    $<$<CONFIG:Debug>:QT_FORCE_ASSERTS>)
target_compile_options(outrider_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual
    -Wno-missing-field-initializers -Wformat=2
    # gcc 12 sees ghosts in optional, variant and string once it optimises; sanitizers look for the real ones
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized;-Wno-stringop-overflow;-Wno-array-bounds>
    -Wimplicit-fallthrough -Wundef -Werror=return-type -Werror=switch
    $<$<BOOL:${OUTRIDER_WERROR}>:-Werror>
    $<$<BOOL:${OUTRIDER_PCH}>:-Winvalid-pch>
    -fstack-protector-strong
    "-ffile-prefix-map=${CMAKE_SOURCE_DIR}=."
    $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2> -D_GLIBCXX_ASSERTIONS)
# clang's sanitizers are in archives and have to be seen by the shared libraries, SQLCipher never
target_link_options(outrider_flags INTERFACE -Wl,--exclude-libs,$<IF:$<BOOL:${OUTRIDER_FUZZ}>,libsqlcipher.a,ALL>
    -Wl,-z,relro,-z,now -Wl,--as-needed)
if(OUTRIDER_SANITIZE)
    target_compile_options(outrider_flags INTERFACE -fsanitize=${OUTRIDER_SANITIZE} -fno-omit-frame-pointer -O1)
    target_link_options(outrider_flags INTERFACE -fsanitize=${OUTRIDER_SANITIZE})
    target_compile_definitions(outrider_flags INTERFACE OUTRIDER_SANITIZED)
endif()
if(OUTRIDER_FUZZ)
    target_compile_options(outrider_flags INTERFACE -fsanitize=fuzzer-no-link -fno-sanitize-recover=all)
endif()
if(OUTRIDER_COVERAGE)
    target_compile_options(outrider_flags INTERFACE --coverage -O0)
    target_link_options(outrider_flags INTERFACE --coverage)
endif()

# outrider_library(NAME FOLDER SOURCES … PUBLIC … PRIVATE …)
#
# A static library for one folder. Its headers are reachable as "FOLDER/x.h" only by targets that
# link it: each library publishes an include root of its own holding nothing but a link to FOLDER.
# So an include across a forbidden edge does not compile, whatever the include says.
function(outrider_library name folder)
    cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    set(root "${CMAKE_BINARY_DIR}/include/${name}")
    cmake_path(GET folder PARENT_PATH parent)
    file(MAKE_DIRECTORY "${root}/${parent}")
    file(CREATE_LINK "${CMAKE_SOURCE_DIR}/${folder}" "${root}/${folder}" SYMBOLIC)
    target_include_directories(${name} PUBLIC "${root}")
    target_link_libraries(${name} PUBLIC outrider_flags ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
endfunction()

# outrider_precompile(NAME header…): the heavy headers most files of the target include anyway.
function(outrider_precompile name)
    if(OUTRIDER_PCH)
        target_precompile_headers(${name} PRIVATE ${ARGN})
    endif()
endfunction()

# outrider_embed_migrations(TARGET FOLDER): NNNN_name.sql -> the table behind store::migrations().
# Raw string literals: no resource file to initialise in a static library.
function(outrider_embed_migrations target folder)
    file(GLOB files CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}/${folder}" "${folder}/[0-9][0-9][0-9][0-9]_*.sql")
    list(SORT files)
    set(entries "")
    foreach(file IN LISTS files)
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/${file}")
        file(READ "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/${file}" sql)
        string(REGEX MATCH "^0*([0-9]+)_(.*)\\.sql$" _ "${file}")
        string(APPEND entries "    Migration{${CMAKE_MATCH_1}, \"${CMAKE_MATCH_2}\", R\"sql(${sql})sql\"},\n")
    endforeach()
    file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/migrations_embedded.cpp" @ONLY CONTENT [[
// Generated from core/store/migrations/*.sql.
#include "core/store/migrations/migrations.h"

namespace outrider::store {

static const Migration all[] = {
@entries@};

std::span<const Migration> migrations() { return all; }

} // namespace outrider::store
]])
    target_sources(${target} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/migrations_embedded.cpp")
endfunction()
