class A:
    def method(self):
        self.vlaue = 1
        return self.value
A().method()
