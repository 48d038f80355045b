# Every third-party library Outrider links, each as one imported target.
# README.md says what each is for, ARCHITECTURE.md which folder may include it.

find_package(Qt6 6.4 REQUIRED COMPONENTS Core DBus)
if(OUTRIDER_GUI)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Gui Widgets Svg)
endif()
if(OUTRIDER_TESTS)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
    find_package(rapidcheck REQUIRED)
endif()
find_package(Qt6Keychain REQUIRED)
find_package(tl-expected REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(CARES REQUIRED IMPORTED_TARGET libcares)
pkg_check_modules(CURL REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(GMIME REQUIRED IMPORTED_TARGET gmime-3.0)
pkg_check_modules(GUMBO REQUIRED IMPORTED_TARGET gumbo)
pkg_check_modules(UCHARDET REQUIRED IMPORTED_TARGET uchardet)
pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-i18n icu-uc)
pkg_check_modules(PSL REQUIRED IMPORTED_TARGET libpsl)
pkg_check_modules(CMARK REQUIRED IMPORTED_TARGET libcmark)
pkg_check_modules(ICAL REQUIRED IMPORTED_TARGET libical)
pkg_check_modules(ZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(XLSXWRITER REQUIRED IMPORTED_TARGET xlsxwriter)

# libcsv and libphonenumber ship neither CMake nor pkg-config files.
foreach(pair IN ITEMS "CSV|csv|csv.h" "PHONENUMBER|phonenumber|phonenumbers/phonenumberutil.h")
    string(REPLACE "|" ";" pair "${pair}")
    list(GET pair 0 name)
    list(GET pair 1 library)
    list(GET pair 2 header)
    find_library(${name}_LIBRARY ${library} REQUIRED)
    find_path(${name}_INCLUDE_DIR ${header} REQUIRED)
    add_library(Outrider::${name} UNKNOWN IMPORTED)
    set_target_properties(Outrider::${name} PROPERTIES
        IMPORTED_LOCATION "${${name}_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${${name}_INCLUDE_DIR}")
endforeach()

# SQLCipher is linked from its static archive and hidden. With any libsqlite3 in the process the
# key call of a shared SQLCipher "succeeds" and the file is plain text, so the shared library is
# never used, and its symbols never leave this program (see OutriderTargets.cmake).
set(SQLCIPHER_DIR "${CMAKE_SOURCE_DIR}/build/deps/sqlcipher" CACHE PATH "Folder with libsqlcipher.a and include/sqlite3.h")
if(NOT EXISTS "${SQLCIPHER_DIR}/libsqlcipher.a")
    message(FATAL_ERROR "SQLCipher is not in ${SQLCIPHER_DIR}. Run ./dev setup.")
endif()
add_library(Outrider::SQLCIPHER STATIC IMPORTED)
set_target_properties(Outrider::SQLCIPHER PROPERTIES
    IMPORTED_LOCATION "${SQLCIPHER_DIR}/libsqlcipher.a"
    INTERFACE_INCLUDE_DIRECTORIES "${SQLCIPHER_DIR}/include"
    INTERFACE_COMPILE_DEFINITIONS "SQLITE_HAS_CODEC"
    INTERFACE_LINK_LIBRARIES "OpenSSL::Crypto;Threads::Threads;${CMAKE_DL_LIBS};m")

# RapidFuzz is headers only, and in backports only as well.
set(RAPIDFUZZ_DIR "${CMAKE_SOURCE_DIR}/build/deps/rapidfuzz" CACHE PATH "Folder with include/rapidfuzz")
if(NOT EXISTS "${RAPIDFUZZ_DIR}/include/rapidfuzz/fuzz.hpp")
    message(FATAL_ERROR "RapidFuzz is not in ${RAPIDFUZZ_DIR}. Run ./dev setup.")
endif()
add_library(Outrider::RAPIDFUZZ INTERFACE IMPORTED)
set_target_properties(Outrider::RAPIDFUZZ PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${RAPIDFUZZ_DIR}/include")
