def main():
    import nothing_here
main()
